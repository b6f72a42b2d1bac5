import {readFileSync, statSync} from 'node:fs';
import {MkcoaError} from '../../core/error.ts';
import type {Rights} from '../../core/roles/rights.ts';
import {type Role, rolesOf, rolesSchema} from '../../core/roles/roles.ts';
import {badFile, type ConfigFile, configPath, parsedConfig} from '../config-file.ts';
import type {Host} from '../host.ts';
import {edgeToolsetNames} from './toolsets.ts';

/** Who may do what from outside, as the person wrote it beside his policy. */
export type RolesFile = {
	readonly path: string | undefined;
	/**
	 * Undefined where there is no file: then nobody is under roles.
	 * @throws MkcoaError `bad-roles` with the line that is wrong
	 */
	readonly roles: () => readonly Role[] | undefined;
	/** What somebody may do now; with a file that cannot be used, nothing. */
	readonly rightsOf: (principal: string, groups: readonly string[]) => Rights | undefined;
};

const rolesFile = {
	name: 'roles.yaml',
	schema: rolesSchema(edgeToolsetNames),
	code: 'bad-roles',
	what: 'The file of roles',
	next: 'Mend it and check it with: mkcoa mcp roles check. Until then nobody may do anything over HTTP',
} satisfies ConfigFile<ReturnType<typeof rolesSchema>>;

/** Asked at each call, since a role can be taken away; the file is read anew when it has changed. */
export function openRoles(host: Pick<Host, 'env' | 'home'>): RolesFile {
	const path = configPath(host, rolesFile.name);
	let known: {readonly stamp: string; readonly read: () => readonly Role[]} | undefined;

	function roles(): readonly Role[] | undefined {
		if (path === undefined) return undefined;
		const stamp = stampOf(path);
		if (stamp === undefined) return undefined;
		if (known?.stamp !== stamp) known = {stamp, read: readOnce(path)};
		return known.read();
	}

	return {
		path,
		roles,
		rightsOf(principal, groups) {
			try {
				const all = roles();
				if (all === undefined) return undefined;
				const own = rolesOf(all, principal, groups);
				return own.length > 0 ? {roles: own} : {roles: own, none: withoutRole(principal)};
			} catch (error) {
				if (!(error instanceof MkcoaError)) throw error;
				return unusable;
			}
		},
	};
}

/** What stands in the file is nothing for those outside. */
const unusable: Rights = {
	roles: [],
	none: 'Nobody may do anything here: the file of roles cannot be used. Whoever runs mkcoa sees why with: mkcoa mcp roles check',
};

const withoutRole = (principal: string) =>
	`${JSON.stringify(principal.slice(0, 100))} has no role here, so it may do nothing. Whoever runs mkcoa gives it one by naming it under principals in roles.yaml`;

/** Changes whenever the file does; undefined where there is none. */
function stampOf(path: string): string | undefined {
	try {
		const {mtimeNs, ctimeNs, size, ino} = statSync(path, {bigint: true});
		return [mtimeNs, ctimeNs, size, ino].join(' ');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw badFile(path, rolesFile, String(error));
	}
}

function readOnce(path: string): () => readonly Role[] {
	let read: () => readonly Role[];
	try {
		const {roles} = parsedConfig(path, readFileSync(path, 'utf8'), rolesFile);
		read = () => roles;
	} catch (error) {
		const bad =
			error instanceof MkcoaError ? error : badFile(path, rolesFile, error instanceof Error ? error.message : 'it cannot be read');
		read = () => {
			throw bad;
		};
	}
	return read;
}

/** The rights of one role by its name, for a client on this machine. @throws MkcoaError `unknown-role`, `bad-roles` */
export function roleNamed(name: string, {roles, path}: RolesFile): Rights {
	const all = roles() ?? [];
	const found = all.filter(role => role.name === name);
	if (found.length > 0) return {roles: found};
	throw new MkcoaError({
		kind: 'usage',
		code: 'unknown-role',
		what: `There is no role ${JSON.stringify(name.slice(0, 100))}`,
		why: all.length === 0 ? `${path ?? 'the file of roles'} has none` : `there are ${all.map(role => role.name).join(', ')}`,
		next: 'Name one of them, or write it into the file',
	});
}

/** What the client of a role may do now: nothing where the role is gone, or the file cannot be used. */
export function rightsOfRole(name: string, file: RolesFile): Rights {
	try {
		return roleNamed(name, file);
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		return error.trouble.code === 'unknown-role' ? {roles: [], none: roleIsGone(name)} : unusable;
	}
}

const roleIsGone = (name: string) =>
	`There is no role ${JSON.stringify(name.slice(0, 100))} any more, so nothing may be done here. Whoever runs mkcoa writes it into roles.yaml, or names another one with --role`;
