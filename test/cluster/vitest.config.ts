import {defineConfig} from 'vitest/config';
import {LongestFirst} from './longest-first.ts';

/** Tests on the real control plane: `npm run test:cluster`, which builds it first. */
export default defineConfig({
	test: {
		include: ['test/cluster/**/*.test.ts'],
		globalSetup: ['test/cluster/global-setup.ts'],
		// A control plane holds 0.7 GB and most of its tests wait for it.
		maxWorkers: 2,
		// Modules keep no state.
		isolate: false,
		sequence: {sequencer: LongestFirst},
		// Cases that run at once mostly wait.
		maxConcurrency: 24,
		testTimeout: 60_000,
		hookTimeout: 60_000,
	},
});
