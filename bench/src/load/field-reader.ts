const LENGTH_DELIMITED = 2;
const FIXED_64 = 1;
const FIXED_32 = 5;

/**
 * Walks through the fields of an encoded message without making objects. One reader serves a whole process: begin, then step from field to field.
 *
 *     reader.begin(bytes, 0, bytes.length);
 *     while (reader.next()) if (reader.field === 3) … reader.from … reader.value
 */
export class FieldReader {
  bytes: Uint8Array = new Uint8Array(0);
  /** Number of the present field. */
  field = 0;
  /** Where the content of the present field begins and ends, if it has a length; else the place of its fixed bytes. */
  from = 0;
  to = 0;
  /** Of a varint. */
  value = 0;
  #at = 0;
  #end = 0;

  begin(bytes: Uint8Array, from: number, to: number): void {
    this.bytes = bytes;
    this.#at = from;
    this.#end = to;
  }

  /** Goes into the present field, which is a message. */
  enter(): void {
    this.#at = this.from;
    this.#end = this.to;
  }

  /** False at the end. */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    const tag = this.#varint();
    this.field = tag >>> 3;
    const type = tag & 7;
    if (type === LENGTH_DELIMITED) {
      const length = this.#varint();
      this.#take(length);
    } else if (type === FIXED_64) this.#take(8);
    else if (type === FIXED_32) this.#take(4);
    else if (type === 0) this.value = this.#varint();
    else throw new RangeError(`No message has a field of type ${type}.`);
    return true;
  }

  /** Goes into the field of that number; false if there is none. */
  find(field: number): boolean {
    while (this.next()) {
      if (this.field === field) return true;
    }
    return false;
  }

  #take(length: number): void {
    this.from = this.#at;
    this.#at += length;
    this.to = this.#at;
    if (this.#at > this.#end) throw new RangeError("A field reaches beyond its message.");
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
}
