import type {QuietResult} from './case-result.ts';
import type {QuietCluster} from './fault-case.ts';
import {isLoud} from './judging/finding.ts';
import type {Stand} from './run-case.ts';
import {applyStage} from './steps/apply-stage.ts';
import {clearAway} from './steps/clear-away.ts';
import {settled} from './steps/settled.ts';
import {untilAllHold} from './steps/until-all-hold.ts';

const restMs = 60_000;

/** Brings a quiet cluster up and asks the tool about each of its namespaces. Never rejects but for the signal. */
export async function runQuiet({api, signal, tool, say}: Omit<Stand, 'isFixed'>, {name, base}: QuietCluster): Promise<QuietResult> {
	try {
		await applyStage(api, base, signal);
		const failing = await untilAllHold({api, namespace: 'default', signal}, settled(base.objects), restMs);
		if (failing !== undefined) return {name, broken: `it does not come to rest: ${failing}`};
		const loud = [];
		for (const namespace of namespacesOf(base)) loud.push(...(await tool.detect(namespace, signal)).filter(isLoud));
		return {name, loud};
	} catch (error) {
		signal.throwIfAborted();
		return {name, broken: error instanceof Error ? error.message : String(error)};
	} finally {
		if (!signal.aborted) await clearAway(api, {base}).catch(error => say(`${name}: ${error instanceof Error ? error.message : error}`));
	}
}

const namespacesOf = ({objects}: QuietCluster['base']): readonly string[] => [
	...new Set(objects.flatMap(({kind, metadata}) => (kind === 'Namespace' ? [metadata.name] : (metadata.namespace ?? [])))),
];
