// The subpath `@sidemark/core/reading`: how an analysis is read, the same for a page in a browser, paper and a terminal.
export { askedFigure, internalTo, isAsked } from './asked.ts';
