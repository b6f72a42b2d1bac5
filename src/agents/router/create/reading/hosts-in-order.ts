const host = /(?<![\w.@/-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.){2,}[a-z]{2,}(?![\w./-])/gi;
const first = /\bthe (?:first|former)(?: one| host)?\b|(?:앞엣 ?것|앞의 ?것|앞 ?쪽|첫 ?번째(?: ?(?:것|호스트))?|전자)(?=[은는이])/i;
const second = /\bthe (?:second|latter|other)(?: one| host)?\b|(?:뒤엣 ?것|뒤의 ?것|뒤 ?쪽|두 ?번째(?: ?(?:것|호스트))?|후자)(?=[은는이])/i;

/** `for a.example.com and b.example.com: the first goes to web, the second to mail`: each host stands where its place in the list was told. */
export function hostsInOrder(text: string): string {
	const [one, other, ...more] = [...text.matchAll(host)];
	if (one === undefined || other === undefined || more.length > 0) return text;
	const behind = text.slice(other.index + other[0].length);
	if (!first.test(behind) || !second.test(behind)) return text;
	const before = text.slice(0, other.index + other[0].length).replaceAll(host, ' ');
	return `${before}${behind.replace(first, one[0]).replace(second, other[0])}`;
}
