// Keeps what somebody types on a page of questions, as they pause and as they leave. Without it the buttons save.

const PAUSE = 2000 // milliseconds without a key: long enough for a thought, short enough to lose little

for (const form of document.querySelectorAll('form[data-draft]')) keepDrafts(form)

function keepDrafts (form) {
  const number = form.elements.draft
  const status = form.querySelector('[data-draft-status]')
  let timer, running, kept = typed()

  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(keep, PAUSE)
  })
  form.addEventListener('submit', () => { kept = null; clearTimeout(timer) })
  document.addEventListener('visibilitychange', () => { if (document.hidden) keep() })
  addEventListener('pagehide', keep)

  async function keep () {
    clearTimeout(timer)
    const now = typed()
    if (kept === null || now === kept) return // sent by a button, or nothing new
    if (running) { timer = setTimeout(keep, PAUSE); return } // one at a time: each says which came before it
    running = true
    const before = kept
    kept = now
    try {
      const body = new URLSearchParams(new FormData(form))
      // keepalive: it arrives although the page is already gone
      const answer = await fetch(form.dataset.draft, { method: 'POST', body, keepalive: now.length < 60000, redirect: 'error' })
      const said = await answer.json()
      if (answer.ok) number.value = said.number
      else if (kept !== null) kept = before
      tell(said.said)
    } catch {
      if (kept !== null) kept = before
      tell(form.dataset.draftFailed)
    } finally {
      running = false
    }
  }

  function tell (words) {
    if (status.textContent !== words) status.textContent = words // or it would be read out again
  }

  function typed () {
    const fields = [...new FormData(form)].filter(([name]) => !['csrf_token', 'draft'].includes(name))
    return JSON.stringify(fields)
  }
}
