import {rightsCover} from '../../core/roles/rights.ts';
import type {EdgeCaller} from './edge-tool.ts';
import {missingScopes, type Needs} from './scopes.ts';

/** Whether a caller may use what needs this: by the scopes of his token and by his roles. */
export const mayUse = (needs: Needs, {scopes, rights}: Pick<EdgeCaller, 'scopes' | 'rights'>): boolean =>
	missingScopes(needs, scopes).length === 0 && rightsCover(rights, needs);

/** Whose an answer is that is kept for later: when his rights change, what he was told before is not his any more. */
export const ownerOf = ({principal, scopes, rights}: Pick<EdgeCaller, 'principal' | 'scopes' | 'rights'>): string =>
	JSON.stringify([principal, scopes ?? null, rights ?? null]);
