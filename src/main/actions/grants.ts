import {widthOf} from '../../commands/render/paint.ts';
import {parseDuration} from '../../core/duration.ts';
import {MkcoaError} from '../../core/error.ts';
import type {ExitCode} from '../../core/outcome.ts';
import {type Grant, isInForce} from '../../core/policy/grants.ts';
import {age} from '../../core/text/age.ts';
import {hanging, lineText, span} from '../../core/text/styled.ts';
import {textTable} from '../../core/text/text-table.ts';
import type {Host} from '../host.ts';
import {withState} from '../with-state.ts';
import {type ActionCall, answer} from './answer.ts';

/** How long a grant still lasts: for people the time that is left, in a pipe the time of its end. */
const ending = (until: string, isTerminal: boolean) =>
	isTerminal ? `${age(Date.parse(until) - Date.now())} left` : `until ${toTheSecond(until)}`;

function standing({grant, forged}: {readonly grant: Grant; readonly forged: boolean}, isTerminal: boolean): string {
	if (forged) return 'forged: something else wrote it, it grants nothing';
	if (grant.revoked !== undefined) return `revoked by ${grant.revoked.by}`;
	return isInForce(grant, Date.now()) ? ending(grant.until, isTerminal) : 'over';
}

/** Lists every grant that was ever given, and whether it holds now. */
export const grantsList = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withState(call, host, async state => {
		const {streams} = host;
		const grants = await state.grants.list();
		await answer(streams, call.options, grants, () => {
			if (grants.length === 0) return 'Nothing passes unasked. Give a grant with: mkcoa grants add TOOL --for 1h';
			const rows = grants.map(found => {
				const {id, tool, context = '*', namespace = '*', maxRisk, by} = found.grant;
				return [id, tool, context, namespace, maxRisk, by, standing(found, streams.outIsTerminal)];
			});
			return textTable({
				headers: ['ID', 'TOOL', 'CONTEXT', 'NAMESPACE', 'RISK', 'BY', 'STATE'],
				rows,
				view: {width: streams.width, terminal: streams.outIsTerminal},
			});
		});
	});

/** Gives a grant for the context and namespace of the flags, or for all where they are left out, and writes it into the audit log. */
export const grantsAdd = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withState(call, host, async state => {
		const {values, options} = call;
		const lastsMs = parseDuration(values.for ?? '1h');
		if (lastsMs === undefined)
			throw usage('bad-duration', `--for ${JSON.stringify(values.for)} is not a duration`, 'Write it like --for 1h');
		const grant = await state.grants.add(
			{
				tool: await knownTool(values.tool ?? ''),
				namespace: options.namespace,
				context: options.context,
				maxRisk: riskOf(values.maxRisk),
				by: host.user,
			},
			lastsMs,
		);
		await state.audit.append({
			action: 'granted',
			tool: grant.tool,
			identity: host.user,
			context: grant.context ?? '*',
			detail: `grant ${grant.id} until ${grant.until}`,
		});
		await answer(host.streams, options, grant, () => grantText(grant, widthOf(host.streams, host.streams.outIsTerminal)));
	});

/** An ISO time without its milliseconds. */
const toTheSecond = (time: string) => time.replace(/\.\d+Z$/, 'Z');

function grantText({id, tool, context, namespace, maxRisk, until}: Grant, width: number): string {
	const where = `${context ?? 'every context that is not production'}, ${namespace ?? 'every namespace'}`;
	const text = `${tool} passes unasked in ${where}, up to ${maxRisk} risk, until ${toTheSecond(until)}`;
	const lines = [...hanging([span('✓ ', 'good')], text, {width}), [span(`  End it with: mkcoa grants revoke ${id}`)]];
	return lines.map(lineText).join('\n');
}

/** Ends a grant, and writes that into the audit log. */
export const grantsRevoke = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withState(call, host, async state => {
		const id = call.values.id ?? '';
		await state.grants.revoke(id, host.user);
		await state.audit.append({action: 'revoked', tool: '*', identity: host.user, context: '*', detail: `grant ${id}`});
		await answer(host.streams, call.options, {revoked: id}, () => `✓ ${id} grants nothing any more`);
	});

/** A misspelt tool would be a grant that nobody misses until three in the morning. Patterns pass. */
async function knownTool(name: string): Promise<string> {
	if (/[*?]/.test(name)) return name;
	const {toolNamed} = await import('../tool-groups.ts');
	if ((await toolNamed(name)) !== undefined) return name;
	throw usage(
		'unknown-tool',
		`There is no tool ${JSON.stringify(name)}`,
		'Tools are named like resource_apply or deployment_canary; * is any',
	);
}

function riskOf(text: string | undefined): 'low' | 'medium' {
	if (text === undefined || text === 'low') return 'low';
	if (text === 'medium') return 'medium';
	throw usage('bad-risk', `--max-risk ${JSON.stringify(text)} is not known`, 'Use low or medium; a high risk always asks');
}

const usage = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});
