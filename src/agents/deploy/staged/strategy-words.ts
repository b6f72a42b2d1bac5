import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';

/** How people speak of a rollout of each strategy: `the … of web`. */
const words = new Map([
	['rolling', 'rolling update'],
	['blue-green', 'blue-green rollout'],
]);

const longest = 40;

/** A strategy of a record that another version of mkcoa wrote, or anybody, is said as it stands there. */
export const strategyWords = (strategy: string): string => words.get(strategy) ?? plainLine(strategy, longest);
