import { z } from 'zod';
import { field } from '../forms.js';

export const loginForm = z.object({ username: field('username'), password: field('password') });
