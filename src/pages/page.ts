import { applyDecorators, Controller, UseInterceptors } from '@nestjs/common';
import { PageReply } from './page-reply.js';

/** The controller of the pages at a path: its handlers return a `PageAnswer`. */
export const Page = (path: string): ClassDecorator =>
  applyDecorators(Controller(path), UseInterceptors(PageReply));
