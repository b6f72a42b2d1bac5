import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		exclude: ['test/cluster/**'],
		maxWorkers: 2,
		restoreMocks: true,
		passWithNoTests: true,
		testTimeout: 20_000,
	},
});
