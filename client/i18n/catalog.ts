/** A catalog in another language: exactly the keys of the English one. */
export type Translation<T> = { readonly [K in keyof T]: string };
