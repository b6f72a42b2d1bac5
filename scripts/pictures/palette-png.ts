import {crc32, deflateSync} from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const described = 'Description';

type Pixels = {readonly width: number; readonly height: number; readonly rgba: Uint8Array};

function chunk(name: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, sum]);
}

/** Colours of a picture as indices. Five bits of each are enough for letters, fewer where those are more than 256 colours. */
function indexed({rgba}: Pixels): {readonly palette: readonly number[]; readonly indices: Uint8Array} {
	for (let drop = 3; drop < 8; drop += 1) {
		const round = (value: number) => Math.min(255, Math.round(value / 2 ** drop) * 2 ** drop);
		const places = new Map<number, number>();
		const indices = new Uint8Array(rgba.length / 4);
		for (let at = 0; at < indices.length && places.size <= 256; at += 1) {
			const [red = 0, green = 0, blue = 0] = rgba.subarray(at * 4, at * 4 + 3);
			const colour = (round(red) << 16) | (round(green) << 8) | round(blue);
			const place = places.get(colour) ?? places.size;
			places.set(colour, place);
			indices[at] = place;
		}
		if (places.size <= 256) return {palette: [...places.keys()], indices};
	}
	throw new Error('no picture has more than 256 colours of one bit each');
}

/** A PNG of at most 256 colours, which holds the text that it shows. @see https://www.w3.org/TR/png-3/ */
export function palettePng(pixels: Pixels, text: string): Buffer {
	const {width, height} = pixels;
	const {palette, indices} = indexed(pixels);
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// Eight bits, colours of a palette.
	header.set([8, 3, 0, 0, 0], 8);
	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0; y < height; y += 1) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
	const colours = Buffer.from(palette.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]));
	const words = Buffer.concat([Buffer.from(`${described}\0\0\0\0\0`, 'latin1'), Buffer.from(text)]);
	return Buffer.concat([
		signature,
		chunk('IHDR', header),
		chunk('PLTE', colours),
		chunk('iTXt', words),
		chunk('IDAT', deflateSync(rows, {level: 9})),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

/** The text that such a PNG holds. */
export function textOfPng(png: Buffer): string | undefined {
	for (let at = signature.length; at + 8 < png.length; ) {
		const length = png.readUInt32BE(at);
		const data = png.subarray(at + 8, at + 8 + length);
		if (png.toString('latin1', at + 4, at + 8) === 'iTXt') return data.subarray(described.length + 5).toString();
		at += length + 12;
	}
	return undefined;
}
