// Three short words for what every module here does with the document.
export function element(id) { return document.getElementById(id); }

export function all(selector, within = document) { return Array.from(within.querySelectorAll(selector)); }

export function make(tag, properties) { return Object.assign(document.createElement(tag), properties); }
