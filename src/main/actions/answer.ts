import type {Options} from '../../commands/options.ts';
import {printData} from '../../commands/render/print-outcome.ts';
import type {Json} from '../../core/json.ts';
import type {Streams} from '../../core/streams.ts';

/** What an action is given beside its own values. */
export type ActionCall = {
	readonly values: {readonly [name: string]: string | undefined};
	/** Words that belong to one name, one by one. */
	readonly lists?: {readonly [name: string]: readonly string[]};
	readonly options: Options;
};

/** Prints data as it was asked for. */
export async function answer(streams: Streams, {output}: Options, data: unknown, text: () => string): Promise<void> {
	// What actions answer is JSON; optional fields make it wider than the type.
	if (output !== 'text') return printData(streams, JSON.parse(JSON.stringify(data)) as Json, output);
	const written = text();
	streams.out(written === '' || written.endsWith('\n') ? written : `${written}\n`);
}
