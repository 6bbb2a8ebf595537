import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'access:public';

/** A route open to everybody; no session is read. */
export const Public = () => SetMetadata(PUBLIC, true);
