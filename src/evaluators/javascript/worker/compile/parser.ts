/** What is used of the parser, in a file that the worker and the thread of its debugger load. */
export { parse, tokenizer, tokTypes } from 'acorn';
