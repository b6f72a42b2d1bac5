import {mentionsIn} from '../names/mentions-in.ts';
import type {Call, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import type {World} from '../world.ts';
import {namedKinds} from './ordered.ts';

const isMadeInDefault = ({tool, input}: Call) =>
	(tool === 'resource_apply' && /^ {2}namespace: "?default"?$/m.test(String(input.manifest))) ||
	(tool === 'secret_manage' && input.namespace === 'default');

/**
 * The places that a request speaks of where its plan makes something in the namespace that nobody named: of a namespace, or of what lives in one. None
 * where nothing is made there, or it is named.
 */
export async function fellToDefault(text: string, understood: readonly Understanding[], world: World): Promise<readonly string[]> {
	const calls = understood.flatMap(one => (one.kind === 'calls' ? one.calls : []));
	if (!calls.some(isMadeInDefault) || /\bdefault\b|기본|디폴트/i.test(text)) return [];
	const clause = clauseOf(text);
	const names = await world.namespaces();
	const {mentions} = await mentionsIn(clause, world, namedKinds);
	return [
		...new Set([
			...names.filter(name => clause.words.some(word => word.text === name)),
			...mentions.flatMap(({objects}) => objects.flatMap(({metadata}) => metadata.namespace ?? [])),
		]),
	].filter(name => name !== 'default');
}
