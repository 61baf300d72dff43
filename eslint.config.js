import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const PLATFORM = [...new Set([...Object.keys(globals.browser), ...Object.keys(globals.node)])];
// In browsers and Node alike, and without side effects: these do not tie `shared` to a platform
// (the same names as in scripts/neutral-globals.d.ts).
const NEUTRAL = new Set([
  'TextDecoder',
  'TextEncoder',
  // Names that are also everyday words; as globals they are caught by the type check's `noUnused…` and review.
  'event',
  'name',
]);
const noPlatform = PLATFORM.filter((name) => !NEUTRAL.has(name) && !(name in globals.builtin)).map(
  (name) => ({
    name,
    message: 'shared/ knows no DOM and no Node (DESIGN §1): take it as a parameter.',
  }),
);

export default ts.config(
  {
    ignores: [
      'dist/',
      'scripts/neutral-globals.d.ts',
      'node_modules/',
      'data/',
      'coverage/',
      'test-results/',
      'playwright-report/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // An `async` function without `await` keeps an interface's promise and turns throws into rejections.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      // Index access is checked by the compiler (noUncheckedIndexedAccess); `!` stays forbidden outside tests.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // Event handlers may be async: their failures go to the page's own error handler.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      // Libraries declare functions as methods; our own classes keep `this` private.
      '@typescript-eslint/unbound-method': 'off',
      // Drivers return text or bigint where a query's type says number: converting is the point.
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/only-throw-error': [
        'error',
        { allowThrowingUnknown: true, allowThrowingAny: true },
      ],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      // The compiler knows every name; this rule does not know types and runes.
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    extends: [svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      // Props of a `$props()` pattern are `let` by Svelte's grammar.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['shared/**/*.ts', 'client/**/*.ts', 'client/**/*.svelte'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['shared/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-globals': ['error', ...noPlatform] },
  },
  {
    files: ['**/*.test.ts', 'e2e/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // Byte arithmetic indexes arrays whose length it has just checked.
    files: ['shared/crypto/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: globals.node },
  },
);
