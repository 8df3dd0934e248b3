import type { Texts } from "../../../texts/en.ts";

/** What is wrong with each field, in words. Empty: nothing. */
export type FieldErrors = Partial<Record<"userName" | "displayName" | "password", string>>;

const USER_NAME = /^[a-z0-9._-]{3,30}$/i;

export function checkSignUp(
  form: { readonly userName: string; readonly displayName: string; readonly password: string },
  texts: Texts,
): FieldErrors {
  const errors: FieldErrors = {};
  const words = texts.accounts.errors;
  if (!USER_NAME.test(form.userName.trim())) errors.userName = words.userName;
  if ([...form.displayName.trim()].length > 60) errors.displayName = words.displayName;
  if (form.password.length < 8) errors.password = words.passwordShort;
  if (form.password.length > 128) errors.password = words.passwordLong;
  return errors;
}

export function checkSignIn(form: { readonly userName: string; readonly password: string }, texts: Texts): FieldErrors {
  const errors: FieldErrors = {};
  if (!USER_NAME.test(form.userName.trim())) errors.userName = texts.accounts.errors.userName;
  if (form.password === "") errors.password = texts.accounts.errors.passwordMissing;
  return errors;
}
