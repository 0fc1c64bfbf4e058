import { broadcastRow } from '../socketio.mjs'

export default broadcastRow(2000)
