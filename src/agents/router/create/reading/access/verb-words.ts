const readVerbs = ['get', 'list', 'watch'];
const writeVerbs = ['create', 'update', 'patch', 'delete'];

const exact = /^(?:get|list|watch|create|update|patch|delete|deletecollection|impersonate|bind|escalate|use|approve|sign|\*)$/;

/** Verbs of rights, by the words of people. */
const spoken: readonly (readonly [RegExp, readonly string[]])[] = [
	[
		/^(?:read|reads|reading|view|viewing|see|sees|look|looking|inspect|read-only|readonly|ro)$|^(?:조회|읽|열람|보기|볼$|보게|확인)/,
		readVerbs,
	],
	[
		/^(?:edit|edits|editing|write|writes|writing|modify|modifies|manage|manages|managing|read-write|rw)$|^(?:편집|관리)/,
		[...readVerbs, ...writeVerbs],
	],
	[/^(?:change|changes|changing|modifying)$|^(?:수정|변경)/, ['update', 'patch']],
	[/^(?:creating|creates)$|^생성(?!해)/, ['create']],
	[/^(?:deleting|deletes|remove|removing)$|^삭제(?!해)/, ['delete']],
	[/^(?:listing|lists)$|^나열/, ['list']],
	[/^(?:watching|watches)$|^감시/, ['watch']],
	[/^(?:everything|anything)$/, ['*']],
];

/** `get` or several verbs joined: `get/list`, `get+list`. Undefined for what is no verb. */
export function verbsOf(word: string): {readonly verbs: readonly string[]; readonly isExact: boolean} | undefined {
	const parts = word.split(/[/+&|]/).filter(Boolean);
	const verbs = parts.map(part => (exact.test(part) ? [part] : spoken.find(([words]) => words.test(part))?.[1]));
	if (parts.length === 0 || !verbs.every(each => each !== undefined)) return undefined;
	return {verbs: verbs.flat(), isExact: parts.every(part => exact.test(part))};
}

/** `all verbs`, `full access`, `모든 동작`: whatever can be done. */
export const allVerbs =
	/^(?:(?:all|any|every)(?: the)? (?:verbs?|actions?|operations?)|full (?:access|control|rights)|every ?thing|모든 ?(?:동사|동작|작업|권한|verb)|전체 ?권한|전부 ?다?)(?:$| )/;
