import type {AnyOutcome} from '../../core/outcome.ts';
import type {Spans} from '../../core/spans.ts';
import type {AnyTool} from '../../core/tool.ts';

/**
 * Carries out one tool in a span that tells how it ended. A plan that waits and the run that carries it out later, perhaps in another process, are
 * found by one digest.
 */
export function spanRun<Ports>(
	spans: Spans | undefined,
	verb: 'run' | 'apply',
	{name, effect}: Pick<AnyTool<Ports>, 'name' | 'effect'>,
	go: () => Promise<AnyOutcome>,
): Promise<AnyOutcome> {
	if (spans === undefined) return go();
	return spans.within({name: `${verb} ${name}`, attributes: {'mkcoa.tool.name': name, 'mkcoa.tool.effect': effect}}, async span => {
		const outcome = await go();
		span.set({
			'mkcoa.outcome': outcome.kind,
			'mkcoa.plan.digest': 'digest' in outcome ? outcome.digest : undefined,
			'mkcoa.plan.id': outcome.kind === 'waiting' ? outcome.id : undefined,
			'mkcoa.journal.id': 'journal' in outcome ? outcome.journal : undefined,
		});
		if (outcome.kind === 'failed') span.fail(outcome.error.code);
		// Nobody did anything wrong, and what was asked for did not happen.
		if (outcome.kind === 'drifted') span.fail('drifted');
		return outcome;
	});
}
