import {alertParts} from './alert-pages.ts';
import {betweenMarkers} from './between-markers.ts';
import {priceTable, providerTable} from './model-tables.ts';
import {withReviewFrame} from './review-frame.ts';
import {runPage} from './run-page.ts';
import {changeKeyTable, edgeTable, exitTable, flagTable, keyTable, listKeyTable, toolTable} from './tables.ts';

type Document = {
	/** From the root of the repository. */
	readonly file: string;
	/** What the document should hold, from what it holds. */
	readonly content: (current: string) => string | Promise<string>;
};

/** Lists that the code knows, by file and marker. */
const tables: readonly (readonly [file: string, marker: string, text: () => string | Promise<string>])[] = [
	['docs/alert-rules.md', 'alerts', alertParts],
	['docs/exit-codes-and-output.md', 'exits', exitTable],
	['docs/exit-codes-and-output.md', 'flags', flagTable],
	['docs/models.md', 'providers', providerTable],
	['docs/models.md', 'prices', priceTable],
	['docs/plans.md', 'keys', keyTable],
	['docs/screens.md', 'list-keys', listKeyTable],
	['docs/screens.md', 'change-keys', changeKeyTable],
	['docs/tools.md', 'tools', toolTable],
	['docs/mcp.md', 'edge', edgeTable],
];

/** Pages whose commands are run, so that the output shown is real. */
const pages = [
	'docs/plans.md',
	'docs/policy.md',
	'docs/canary.md',
	'docs/deploy.md',
	'docs/routes.md',
	'docs/workloads.md',
	'docs/exit-codes-and-output.md',
];

/** The parts of the documents that are made, in the order in which they are made. */
export const documents: readonly Document[] = [
	...tables.map(([file, marker, text]): Document => ({file, content: async current => betweenMarkers(current, marker, await text())})),
	...pages.map((file): Document => ({file, content: runPage})),
	{file: 'README.md', content: withReviewFrame},
];
