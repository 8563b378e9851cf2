// One live stream for all tabs of a browser. Over HTTP/1.1 a browser opens six connections to a server, and each stream would
// hold one of them for good: the seventh tab would wait for ever. Only a relay, which keeps nothing: for a tab that comes later
// the stream is opened anew, and begins with the whole picture for everybody. What the events mean is known to the tabs
// (lib/client/stream.ts); what is said between here and there is in lib/client/shared-source.ts.
;(function () {
  var TYPES = ['topology', 'patch', 'findings', 'findings-patch', 'ping', 'bye']
  var ports = new Set()
  var source = null
  // Tells one connection from the next, so that a tab that gave one up does not wait for the same again.
  var generation = 0
  var hasBegun = false

  function end() {
    if (source !== null) source.close()
    source = null
  }
  function tell(type, data) {
    ports.forEach(function (port) {
      port.postMessage({ type: type, data: data, generation: generation })
    })
  }
  function start(url) {
    end()
    var opened = new EventSource(url)
    source = opened
    generation += 1
    hasBegun = false
    TYPES.forEach(function (type) {
      opened.addEventListener(type, function (event) {
        if (source !== opened) return
        hasBegun = true
        tell(type, event.data)
      })
    })
    opened.addEventListener('error', function () {
      if (source !== opened) return
      end()
      tell('error', '')
    })
  }
  self.onconnect = function (connected) {
    var port = connected.ports[0]
    port.onmessage = function (message) {
      var asked = message.data
      if (asked === 'leave') {
        ports.delete(port)
        if (ports.size === 0) end()
        return
      }
      ports.add(port)
      // One that has yet to begin will tell everything to this tab, too.
      if (source === null || hasBegun || asked.generation === generation) start(asked.url)
    }
  }
})()
