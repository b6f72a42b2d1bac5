/** Paths of keys that a JSON text gives twice in one object, e.g. `data.a`; JSON.parse keeps the last and says nothing. The text must be valid JSON. */
export function duplicateFields(text: string): readonly string[] {
	const found: string[] = [];
	let at = 0;
	const blank = () => {
		while (/\s/.test(text[at] ?? '')) at += 1;
	};
	const string = (): string => {
		const start = at;
		at += 1;
		while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
		at += 1;
		return JSON.parse(text.slice(start, at));
	};
	const items = (close: string, read: (index: number) => void) => {
		at += 1;
		blank();
		for (let index = 0; text[at] !== close; index += 1) {
			read(index);
			blank();
			if (text[at] === ',') at += 1;
			blank();
		}
		at += 1;
	};
	const object = (path: string) => {
		const seen = new Set<string>();
		items('}', () => {
			const key = string();
			const inner = path === '' ? key : `${path}.${key}`;
			if (seen.has(key)) found.push(inner);
			seen.add(key);
			blank();
			at += 1;
			value(inner);
		});
	};
	const value = (path: string) => {
		blank();
		if (text[at] === '{') object(path);
		else if (text[at] === '[') items(']', index => value(`${path}[${index}]`));
		else if (text[at] === '"') string();
		else while (at < text.length && !/[,\]}\s]/.test(text[at] ?? '')) at += 1;
	};
	value('');
	return found;
}
