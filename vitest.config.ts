import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		exclude: ['test/cluster/**'],
		maxWorkers: 2,
		// Cases that run at once mostly wait.
		maxConcurrency: 16,
		restoreMocks: true,
		passWithNoTests: true,
		testTimeout: 20_000,
	},
});
