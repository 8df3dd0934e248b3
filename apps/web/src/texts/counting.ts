/** What is counted, in the forms of the plural categories of Unicode's CLDR. `other` is the form of numbers that none of the others takes. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** Numbers, and what is counted, as a language writes them. */
export class Counting {
  readonly #locale: string;
  readonly #rules: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;

  constructor(locale: string) {
    this.#locale = locale;
    this.#rules = new Intl.PluralRules(locale);
    this.#numbers = new Intl.NumberFormat(locale);
  }

  /** "1,234", "1.234" */
  number(n: number): string {
    return this.#numbers.format(n);
  }

  /** With at most one digit behind the point. */
  roughly(n: number): string {
    return n.toLocaleString(this.#locale, { maximumFractionDigits: 1 });
  }

  /** The one of the forms that goes with the number. */
  form(n: number, forms: PluralForms): string {
    return forms[this.#rules.select(n)] ?? forms.other;
  }

  /** "1 message", "5 messages" */
  count(n: number, forms: PluralForms): string {
    return `${this.number(n)} ${this.form(n, forms)}`;
  }
}
