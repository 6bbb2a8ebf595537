import { z } from 'zod';
import { field } from '../forms.js';

export const registerForm = z.object({
  username: field('username'),
  country_code: field('countryCode'),
  phone_number: field('phoneNumber'),
  phone_choice: field('phoneNumber'),
  password1: field('password'),
  password2: field('password'),
  full_name: field('fullName'),
  bot_check: field('botCheck'),
  // The name that hCaptcha gives to its token.
  'h-captcha-response': field('botCheck'),
});
