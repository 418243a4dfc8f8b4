// A person with the official Socket.IO client: one command a line in, what happens a line out, both JSON.
import { createInterface } from 'node:readline'
import { io } from 'socket.io-client'

const [url, namespace, auth, transports] = process.argv.slice(2)
const transport = () => socket.io.engine.transport.name
const say = (happened, facts = {}) => console.log(JSON.stringify({ happened, ...facts }))

const socket = io(url + namespace, {
  auth: JSON.parse(auth),
  transports: JSON.parse(transports),
  tryAllTransports: true,
  reconnectionDelay: 10,
  reconnectionDelayMax: 50,
})
socket.on('connect', () => say('connected', { transport: transport() }))
socket.on('connect_error', (error) => say('refused', { message: error.message, data: error.data ?? null }))
socket.on('disconnect', (reason) => say('disconnected', { reason }))
socket.onAny((name, payload) => say('heard', { name, payload, transport: transport() }))

const commands = {
  signal: ({ name, payload }) => socket.emit(name, payload, (answer) => say('answered', { answer })),
}
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const command = JSON.parse(line)
    commands[command.do](command)
  })
  .on('close', () => socket.disconnect())
