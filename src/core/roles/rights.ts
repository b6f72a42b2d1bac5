import {rolesCover} from './reach.ts';
import type {Role} from './roles.ts';

/** What somebody may do who is under roles. */
export type Rights = {
	readonly roles: readonly Role[];
	/** Why he has none and what to do about it, where he has none. */
	readonly none?: string | undefined;
};

/** Whether a call is allowed; who is under no roles may do all. */
export const rightsCover = (rights: Rights | undefined, about: Parameters<typeof rolesCover>[1]): boolean =>
	rights === undefined || rolesCover(rights.roles, about);

/** Why a tool may not be used, for the one who asked for it. */
export function notCovered({roles, none}: Rights, {name, effect, toolset}: {name: string} & Parameters<typeof rolesCover>[1]): string {
	if (none !== undefined) return none;
	const what = toolset === undefined ? effect : `${effect} in toolset ${toolset}`;
	return `Your roles (${roles.map(role => role.name).join(', ')}) do not allow ${name}: it takes ${what}. Whoever runs mkcoa can give you a role that does`;
}
