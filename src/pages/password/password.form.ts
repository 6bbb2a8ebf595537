import { z } from 'zod';
import { field } from '../forms.js';

export const passwordForm = z.object({
  old_password: field('password'),
  new_password1: field('password'),
  new_password2: field('password'),
});
