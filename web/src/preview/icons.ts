import Eye from 'lucide/dist/esm/icons/eye.js'
import File from 'lucide/dist/esm/icons/file.js'
import Image from 'lucide/dist/esm/icons/image.js'

export const PreviewIcons = { Eye, File, Image }
