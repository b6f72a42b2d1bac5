import {defineConfig} from 'vitest/config';

/** Tests on the real control plane: `npm run test:cluster`, after `npm run cluster:build`. */
export default defineConfig({
	test: {include: ['test/cluster/**/*.test.ts'], maxWorkers: 1, testTimeout: 60_000, hookTimeout: 60_000},
});
