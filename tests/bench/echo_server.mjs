// The measure: socket.io as it comes, with uncompressed websockets as is its default; rooms of two, nothing stored.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http, { serveClient: false })
io.of('/agent').on('connection', (socket) => {
  const { room } = socket.handshake.auth
  socket.join(room)
  socket.on('say', (word) => io.of('/agent').to(room).emit('told', word))
})
http.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'))
