import type {ValueSource} from '../../src/agents/deploy/objects/settings/value-source.ts';

const nobody = () => Promise.reject(new Error('nobody answers here'));

/** No environment, no files, and nobody to ask. */
export const noValues: ValueSource = {
	fromEnvironment: () => undefined,
	fromFile: nobody,
	fromPrompt: nobody,
	fromChance: (key, length) => `${key}-by-chance`.padEnd(length, '0').slice(0, length),
	learn() {},
};
