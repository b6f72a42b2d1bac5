import type {FileHandle} from 'node:fs/promises';
import {inflateRawSync} from 'node:zlib';

/** One file in a zip. */
type Entry = {readonly name: string; readonly method: number; readonly packed: number; readonly offset: number};

/** A record of a vulnerability is a few kilobytes: one that unpacks to more than this is none. */
const mostBytes = 32 * 1024 * 1024;
const windowBytes = 4 * 1024 * 1024;
const mostDirectory = 512 * 1024 * 1024;

const endMark = 0x06054b50;
const largeEndMark = 0x06064b50;
const entryMark = 0x02014b50;

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
	const bytes = Buffer.alloc(length);
	const {bytesRead} = await file.read(bytes, 0, length, offset);
	return bytes.subarray(0, bytesRead);
}

/** Where the list of the files stands. Of large zips, whose numbers do not fit, a second end says it. */
async function directoryOf(file: FileHandle): Promise<{readonly offset: number; readonly size: number}> {
	const {size: fileSize} = await file.stat();
	const tailSize = Math.min(fileSize, 65_557);
	const tail = await readAt(file, fileSize - tailSize, tailSize);
	let at = tail.length - 22;
	while (at >= 0 && tail.readUInt32LE(at) !== endMark) at -= 1;
	if (at < 0) throw new Error('it is no zip, or is cut off');
	const [size, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
	if (offset !== 0xffffffff && size !== 0xffffffff && tail.readUInt16LE(at + 10) !== 0xffff) return {offset, size};
	if (at < 20) throw new Error('it is no zip, or is cut off');
	const large = await readAt(file, Number(tail.readBigUInt64LE(at - 12)), 56);
	if (large.length < 56 || large.readUInt32LE(0) !== largeEndMark) return {offset, size};
	return {offset: Number(large.readBigUInt64LE(48)), size: Number(large.readBigUInt64LE(40))};
}

/** Numbers that do not fit into four bytes stand in the extra field of the format of large zips, in this order. */
function largeNumbers(extra: Buffer, unpacked: number, packed: number, offset: number) {
	for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
		if (extra.readUInt16LE(at) !== 1) continue;
		let place = at + 4;
		const next = (value: number) => {
			if (value !== 0xffffffff || place + 8 > extra.length) return value;
			place += 8;
			return Number(extra.readBigUInt64LE(place - 8));
		};
		next(unpacked);
		return {packed: next(packed), offset: next(offset)};
	}
	return {packed, offset};
}

function entriesIn(directory: Buffer): readonly Entry[] {
	const entries: Entry[] = [];
	for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === entryMark; ) {
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map(place => directory.readUInt16LE(at + place));
		const nameEnd = at + 46 + (nameLength ?? 0);
		const extraEnd = nameEnd + (extraLength ?? 0);
		entries.push({
			name: directory.toString('utf8', at + 46, nameEnd),
			method: directory.readUInt16LE(at + 10),
			...largeNumbers(
				directory.subarray(nameEnd, extraEnd),
				directory.readUInt32LE(at + 24),
				directory.readUInt32LE(at + 20),
				directory.readUInt32LE(at + 42),
			),
		});
		at = extraEnd + (commentLength ?? 0);
	}
	return entries.toSorted((a, b) => a.offset - b.offset);
}

/**
 * The files in a zip that are wanted by their names, one after the other, as text. The zip is read in windows and never held as a whole.
 * @throws Error where it is no zip; a file in it that is damaged is told as undefined
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function* zipEntries(
	file: FileHandle,
	isWanted: (name: string) => boolean,
): AsyncGenerator<{readonly name: string; readonly text: string | undefined}> {
	const {offset: directoryAt, size} = await directoryOf(file);
	if (size > mostDirectory) throw new Error('its list of files is too long');
	const entries = entriesIn(await readAt(file, directoryAt, size));
	let window: {readonly at: number; readonly bytes: Buffer} = {at: 0, bytes: Buffer.alloc(0)};
	for (const [index, {name, method, packed, offset}] of entries.entries()) {
		if (!isWanted(name)) continue;
		const end = entries[index + 1]?.offset ?? directoryAt;
		if (packed > mostBytes || end < offset) {
			yield {name, text: undefined};
			continue;
		}
		if (offset < window.at || end > window.at + window.bytes.length)
			window = {at: offset, bytes: await readAt(file, offset, Math.max(end - offset, Math.min(windowBytes, directoryAt - offset)))};
		yield {name, text: unpacked(window.bytes.subarray(offset - window.at, end - window.at), {method, packed})};
	}
}

function unpacked(local: Buffer, {method, packed}: Pick<Entry, 'method' | 'packed'>): string | undefined {
	if (local.length < 30) return undefined;
	const start = 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
	const bytes = local.subarray(start, start + packed);
	try {
		if (method === 0) return bytes.toString('utf8');
		return method === 8 ? inflateRawSync(bytes, {maxOutputLength: mostBytes}).toString('utf8') : undefined;
	} catch {
		return undefined;
	}
}
