import { registerForm } from '../register/register.form.js';

export const numberForm = registerForm.pick({
  country_code: true,
  phone_number: true,
  phone_choice: true,
});
