// The icons that the dashboard uses, from lucide.
import ArrowDown from 'lucide/dist/esm/icons/arrow-down.js'
import ArrowUp from 'lucide/dist/esm/icons/arrow-up.js'
import Check from 'lucide/dist/esm/icons/check.js'
import ChevronDown from 'lucide/dist/esm/icons/chevron-down.js'
import ChevronRight from 'lucide/dist/esm/icons/chevron-right.js'
import Copy from 'lucide/dist/esm/icons/copy.js'
import Download from 'lucide/dist/esm/icons/download.js'
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.js'
import External from 'lucide/dist/esm/icons/external-link.js'
import Gauge from 'lucide/dist/esm/icons/gauge.js'
import Grip from 'lucide/dist/esm/icons/grip-vertical.js'
import House from 'lucide/dist/esm/icons/house.js'
import Keyboard from 'lucide/dist/esm/icons/keyboard.js'
import LogOut from 'lucide/dist/esm/icons/log-out.js'
import Menu from 'lucide/dist/esm/icons/menu.js'
import Pause from 'lucide/dist/esm/icons/pause.js'
import Play from 'lucide/dist/esm/icons/play.js'
import Plus from 'lucide/dist/esm/icons/plus.js'
import Radio from 'lucide/dist/esm/icons/radio.js'
import Scroll from 'lucide/dist/esm/icons/scroll-text.js'
import Search from 'lucide/dist/esm/icons/search.js'
import Server from 'lucide/dist/esm/icons/server.js'
import Sparkles from 'lucide/dist/esm/icons/sparkles.js'
import Terminal from 'lucide/dist/esm/icons/square-terminal.js'
import Trash from 'lucide/dist/esm/icons/trash-2.js'
import Warning from 'lucide/dist/esm/icons/triangle-alert.js'
import Undo from 'lucide/dist/esm/icons/undo-2.js'
import Upload from 'lucide/dist/esm/icons/upload.js'
import User from 'lucide/dist/esm/icons/circle-user.js'
import Offline from 'lucide/dist/esm/icons/wifi-off.js'
import X from 'lucide/dist/esm/icons/x.js'

export const Icons = {
  ArrowDown, ArrowUp, Check, ChevronDown, ChevronRight, Copy, Download, Ellipsis, External, Gauge, Grip, House,
  Keyboard, LogOut, Menu, Offline, Pause, Play, Plus, Radio, Scroll, Search, Server, Sparkles, Terminal, Trash, Undo,
  Upload, User, Warning, X,
}
