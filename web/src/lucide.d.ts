declare module 'lucide/dist/esm/icons/*.js' {
  const icon: [tag: string, attributes: Record<string, string>][]
  export default icon
}
