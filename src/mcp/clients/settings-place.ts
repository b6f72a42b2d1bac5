import {MkcoaError} from '../../core/error.ts';
import type {Ref} from '../../core/kube/kube-object.ts';
import {belongingOf, type ClientName, clients, type Surroundings} from './client-file.ts';

/** One entry of one settings file. */
export type SettingsPlace = {
	readonly client: ClientName;
	/** Absolute. */
	readonly file: string;
	/** Name of the server among the client's servers. */
	readonly name: string;
	/** Folder of the project that the file belongs to; undefined for the user's own. */
	readonly project: string | undefined;
};

export const settingsKind = {apiVersion: 'local.mkcoa/v1', kind: 'ClientSettings'} as const;

/** Names that every client takes. */
export const serverName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** The entry as plans and the journal name it: the file, and a JSON pointer into it (RFC 6901), so that `undo` needs nothing else to find it. */
export const settingsRef = ({client, file, name}: Pick<SettingsPlace, 'client' | 'file' | 'name'>): Ref => ({
	...settingsKind,
	name: `${file}#/${clients[client].list}/${name}`,
});

/** @throws MkcoaError `no-client-settings` for what is no entry of a settings file; undefined for another kind of object */
export function placeOfRef(
	{apiVersion, kind, name: text}: Ref,
	around: Pick<Surroundings, 'platform' | 'home'>,
): SettingsPlace | undefined {
	if (apiVersion !== settingsKind.apiVersion || kind !== settingsKind.kind) return undefined;
	const at = text.lastIndexOf('#/');
	const [file, [list, name = '', ...more]] = [text.slice(0, Math.max(at, 0)), text.slice(at + 2).split('/')];
	const belonging = belongingOf(file, around);
	if (belonging !== undefined && clients[belonging.client].list === list && serverName.test(name) && more.length === 0)
		return {...belonging, file, name};
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-client-settings',
		what: 'mkcoa writes settings of MCP clients, and nothing else',
		why: 'the plan names another place',
		quoted: text,
		next: 'Make a new plan with mkcoa mcp install',
	});
}
