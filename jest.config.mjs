// Four kinds of tests: unit (Node), widget (jsdom), kernel (real tslab kernel), ui (real JupyterLab and Chromium).
const esmPackages = [
  'hyparquet',
  'hyparquet-writer',
  'lit',
  'lit-html',
  'lit-element',
  '@lit',
  '@open-wc',
  'onnx-buf',
];
const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  testMatch,
  transform: {
    '^.+\\.[mc]?[jt]s$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, useDefineForClassFields: false },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/.venv', '<rootDir>/dist', '<rootDir>/lab-extension'],
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`],
  ...extra,
});

// What tests do is not kept among the drafts of whoever runs them.
process.env.MASKLET_DRAFTS ??= 'off';

export default {
  // Longer than any wait within a test, so that it says what it waited for.
  testTimeout: 120_000,
  projects: [
    project('unit', [
      '<rootDir>/test/!(widget|kernel|faults|ui|parity|support|reference)/**/*.test.ts',
      '<rootDir>/test/*.test.ts',
    ]),
    project('widget', ['<rootDir>/test/widget/**/*.test.ts'], { testEnvironment: 'jsdom' }),
    project('kernel', ['<rootDir>/test/kernel/**/*.test.ts', '<rootDir>/test/faults/**/*.test.ts']),
    project('ui', ['<rootDir>/test/ui/**/*.test.ts']),
    // Needs PyTorch: npm run parity.
    project('parity', ['<rootDir>/test/parity/**/*.test.ts']),
  ],
};
