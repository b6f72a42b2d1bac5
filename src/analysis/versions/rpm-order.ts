import {byDigits, byText, type Order} from './order.ts';

/** A separator says nothing but that a part ends; `~` is older than the end, `^` newer than it and older than all else. */
const token = /[~^]|\d+|[A-Za-z]+/g;

function bySegments(a: string, b: string): number {
	if (a === b) return 0;
	const [left, right] = [a.match(token) ?? [], b.match(token) ?? []];
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const [one, other] = [left[index], right[index]];
		if (one === other) continue;
		if (one === '~') return -1;
		if (other === '~') return 1;
		if (one === '^') return other === undefined ? 1 : -1;
		if (other === '^') return one === undefined ? -1 : 1;
		if (one === undefined) return -1;
		if (other === undefined) return 1;
		const isNumber = /^\d/.test(one);
		if (isNumber !== /^\d/.test(other)) return isNumber ? 1 : -1;
		const difference = isNumber ? byDigits(one, other) : byText(one, other);
		if (difference !== 0) return difference;
	}
	return 0;
}

function parse(text: string) {
	const [, epoch = '', rest = text] = /^(\d*):(.*)$/s.exec(text) ?? [];
	const dash = rest.lastIndexOf('-');
	return dash === -1 ? {epoch, version: rest, release: ''} : {epoch, version: rest.slice(0, dash), release: rest.slice(dash + 1)};
}

/**
 * Red Hat and all who use rpm. No epoch is epoch 0.
 * @see https://rpm-software-management.github.io/rpm/manual/dependencies.html#versioning
 * @see https://rpm.org/docs/latest/man/rpm-version.7
 */
export const byRpm: Order = (a, b) => {
	const [left, right] = [parse(a.trim()), parse(b.trim())];
	return byDigits(left.epoch, right.epoch) || bySegments(left.version, right.version) || bySegments(left.release, right.release);
};
