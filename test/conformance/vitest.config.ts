import {defineConfig} from 'vitest/config';

/** The official scenarios and the official inspector on the MCP edge: `npm run test:official`. They start programs of others, which takes their time. */
export default defineConfig({test: {include: ['test/conformance/**/*.test.ts'], maxWorkers: 2, isolate: false, testTimeout: 60_000}});
