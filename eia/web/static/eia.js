import { initAll } from './vendor/govuk-frontend.min.js'

// Pages work without it: this only adds character counts, the focus on errors and the like.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
