// Debian's libxml2 is built with ICU, and its headers include those of ICU. Foundation brings another version of ICU, and
// one module graph may not hold both definitions. Without the macro no header of ICU is included; it only hides the last
// two members of a struct of which we see no more than pointers.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/dict.h>
#include <string.h>

// XML_SAX2_MAGIC is a macro expression that Swift does not import.
static inline void spiegel_sax2_init(xmlSAXHandler *handler) {
  memset(handler, 0, sizeof *handler);
  handler->initialized = XML_SAX2_MAGIC;
}
