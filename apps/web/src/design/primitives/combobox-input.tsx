import type { ComponentProps } from "react";

export interface ComboboxInputProps extends ComponentProps<"input"> {
  /** The id of the listbox whose options it moves through. */
  readonly list: string;
  /** Whether there are any. */
  readonly expanded: boolean;
  /** The id of the active one. */
  readonly option: string | undefined;
}

/** A field that keeps the focus while its keys move through a list of options. */
export function ComboboxInput({ list, expanded, option, ...rest }: ComboboxInputProps) {
  return (
    <input
      role="combobox"
      aria-expanded={expanded}
      aria-controls={list}
      aria-autocomplete="list"
      aria-activedescendant={option}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      data-autofocus
      {...rest}
    />
  );
}
