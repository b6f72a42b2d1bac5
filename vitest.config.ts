import {defineConfig} from 'vitest/config';
import {scratchFolder} from './test/support/scratch-folder.ts';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		exclude: ['test/cluster/**', 'test/conformance/**'],
		env: {TMPDIR: scratchFolder()},
		maxWorkers: 2,
		// Modules keep no state, so files may share them: to start a process and load the program again for each file was half of all work.
		isolate: false,
		// Cases that run at once mostly wait.
		maxConcurrency: 16,
		restoreMocks: true,
		passWithNoTests: true,
		testTimeout: 20_000,
	},
});
