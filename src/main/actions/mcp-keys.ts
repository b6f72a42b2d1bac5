import type {AccessKey} from '../../core/access-key.ts';
import {systemClock} from '../../core/clock.ts';
import {parseDuration} from '../../core/duration.ts';
import {MkcoaError} from '../../core/error.ts';
import type {ExitCode} from '../../core/outcome.ts';
import {textTable} from '../../core/text/text-table.ts';
import {effectScopes, isScope} from '../../mcp/edge/scopes.ts';
import {edgeToolsetNames} from '../edge/toolsets.ts';
import type {Host} from '../host.ts';
import {withState} from '../with-state.ts';
import {type ActionCall, answer} from './answer.ts';

/** Lists every key that was ever made, and whether it opens something now. */
export const mcpKeysList = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withState(call, host, async state => {
		const {streams} = host;
		const keys = await state.accessKeys.list();
		await answer(streams, call.options, keys, () => {
			if (keys.length === 0) return 'There is no key. Make one with: mkcoa mcp keys add NAME';
			return textTable({
				headers: ['ID', 'NAME', 'SCOPES', 'STATE'],
				rows: keys.map(({key, forged}) => [key.id, key.name, key.scopes.join(' '), standing(key, forged)]),
				view: {width: streams.width, terminal: streams.outIsTerminal},
			});
		});
	});

function standing({expiresAt, revokedAt}: AccessKey, forged: boolean): string {
	if (forged) return 'forged: something else wrote it, it opens nothing';
	if (revokedAt !== undefined) return `revoked ${revokedAt}`;
	return Date.parse(expiresAt) > systemClock().now() ? `until ${expiresAt}` : 'over';
}

/** Makes a key. Its token is on standard output, alone, so that a script can keep it. */
export const mcpKeysAdd = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withState(call, host, async state => {
		const {values, options} = call;
		const lastsMs = parseDuration(values.for ?? '720h');
		if (lastsMs === undefined)
			throw usage('bad-duration', `--for ${JSON.stringify(values.for)} is not a duration`, 'Write it like --for 720h');
		const {key, token} = await state.accessKeys.add({name: nameOf(values.name ?? ''), scopes: scopesOf(values.scopes)}, lastsMs);
		await state.audit.append({
			action: 'granted',
			tool: '*',
			identity: host.user,
			context: '*',
			detail: `key ${key.id} of ${key.name}: ${key.scopes.join(' ')}, until ${key.expiresAt}`,
		});
		await answer(host.streams, options, {...key, token}, () => token);
		host.streams.err(
			`This token is shown once. It is ${key.name}'s until ${key.expiresAt}.\n  End it with: mkcoa mcp keys revoke ${key.id}\n`,
		);
	});

/** Ends a key: a server that runs takes it no more. */
export const mcpKeysRevoke = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withState(call, host, async state => {
		const id = call.values.id ?? '';
		await state.accessKeys.revoke(id);
		await state.audit.append({action: 'revoked', tool: '*', identity: host.user, context: '*', detail: `key ${id}`});
		await answer(host.streams, call.options, {revoked: id}, () => `✓ ${id} opens nothing any more`);
	});

function nameOf(name: string): string {
	if (/^[\w.@:-]{1,100}$/.test(name)) return name;
	throw usage('bad-name', `${JSON.stringify(name)} is no name for a key`, 'Use letters, digits and .@:_-, such as ci or dana@example.com');
}

function scopesOf(text: string | undefined): readonly string[] {
	const scopes = (text ?? effectScopes.read).split(',').map(scope => scope.trim());
	const unknown = scopes.find(scope => !isScope(scope, edgeToolsetNames));
	if (unknown === undefined) return [...new Set(scopes)];
	throw usage(
		'unknown-scope',
		`Scope ${JSON.stringify(unknown)} is not known`,
		`Use ${Object.values(effectScopes).join(', ')}, and mkcoa:toolset:NAME to keep it to some toolsets`,
	);
}

const usage = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});
